import { killPoints, survivesKillsAt } from './kills.ts';

survivesKillsAt(killPoints, 2012);
