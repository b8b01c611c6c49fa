#!/usr/bin/env node
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupFailure } from './provision/failure.mjs';
import { cacheRoot } from './provision/locations.mjs';
import { checkNode } from './provision/node.mjs';
import { ensurePackages } from './provision/packages.mjs';
import { ensurePython } from './provision/python.mjs';
import { ensureTemporal } from './provision/temporal.mjs';

// Makes a machine ready: Node's packages, a Python environment with MLflow, Temporal's command line. Safe to run again, twice at a time,
// and after an interruption. Nothing is written outside the package's node_modules and the cache folder.

const packageRoot = join(fileURLToPath(import.meta.url), '../..');
const machine = { packageRoot, cacheRoot: cacheRoot(process.env), env: process.env };

/** Runs one step, says how it ended and never throws, so that every fault of a run is told at once. */
async function step(name, work) {
  const began = Date.now();
  const say = (text) => console.log(`… ${name.padEnd(9)} ${text}`);
  try {
    const answer = await work({ ...machine, say });
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`✓ ${name.padEnd(9)} ${answer}${seconds >= 5 ? ` (${seconds} s)` : ''}`);
    return true;
  } catch (fault) {
    const remedy =
      fault instanceof SetupFailure ? fault.remedy : 'This is a fault of the setup itself; run it again, and report the lines above.';
    console.error(`✗ ${name.padEnd(9)} ${fault instanceof SetupFailure ? fault.message : (fault?.stack ?? fault)}\n  ${remedy}`);
    return false;
  }
}

const ready =
  (await step('Node', checkNode)) &&
  (await Promise.all([step('packages', ensurePackages), step('Python', ensurePython), step('Temporal', ensureTemporal)])).every(Boolean);
process.exitCode = ready ? 0 : 1;
