import { besideOthers } from './parts/beside-others.ts';
import { pValueAlone } from './parts/p-value-alone.ts';
import { performanceOverTime } from './parts/performance-over-time.ts';
import { power } from './parts/power.ts';
import { weeksSinceTheBaseline } from './parts/weeks-since.ts';
import { wholeRule } from './parts/whole-rule.ts';
import { tellMissed } from './print.ts';

/** Parts to be printed, by their letters; none named: all. */
const asked = new Set(process.argv.slice(2));
const isAsked = (...letters: string[]) => asked.size === 0 || letters.some((letter) => asked.has(letter));

const others = isAsked('e') ? besideOthers() : undefined;
if (isAsked('a')) pValueAlone();
if (isAsked('b', 'c')) wholeRule();
if (isAsked('d')) power();
await others?.();
if (isAsked('f')) weeksSinceTheBaseline();
if (isAsked('g')) performanceOverTime();
process.exitCode = tellMissed() ? 0 : 1;
