import { killPoints, survivesKillsAt } from './kills.ts';

survivesKillsAt(
  killPoints.filter((_, at) => [1, 7, 9].includes(at)),
  2011,
);
