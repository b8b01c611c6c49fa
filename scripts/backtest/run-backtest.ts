import type { Backtest } from '../../domain/backtest/backtest.ts';
import { makeBacktest } from '../../domain/backtest/make-backtest.ts';
import { instantOf } from '../../domain/calendar/wall-time.ts';
import { daysBetween, type EventTime, plusDays } from '../../domain/identity/event-time.ts';
import { startOfDay } from '../../domain/ledger/start-of-day.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { PolicyFile } from '../models/policies.ts';
import { slotsAfter } from '../replay/slots.ts';
import { allLabels } from './all-labels.ts';
import { type History, openHistory } from './open-history.ts';
import { readSince } from './since.ts';
import { walk } from './walk.ts';

/**
 * What a policy would have said of its model's own past, and whether the labels said so too in the end. Needs no server and changes nothing.
 *
 * @param since how far back to begin, by {@link readSince}
 * @throws Error naming what is lacking: files, rows, or days for a baseline
 *
 * Cost: each file is counted once; then each slot costs one check. Counts are kept in a temporary folder.
 */
export async function runBacktest(file: PolicyFile, since: string): Promise<Backtest> {
  const history = await openHistory(file);
  try {
    const from = readSince(since, plusDays(history.last, 1));
    if (from > history.last) throw new Error(`The history of ${file.policy.model} ends on ${day(history.last)}, before ${day(from)}.`);
    const slots = slotsOf(file.policy, history, from);
    if (slots.length === 0) throw new Error(noSlots(file.policy, history, from));
    const { baseline, looks, says, regridded } = await walk(history, slots);
    const notes = [...notesOn(file.policy, history, from), ...regridded];
    if (baseline === undefined) throw new Error(['No baseline could be taken, so nothing can be compared.', says, ...notes].join(' '));
    const labels = await allLabels(history, baseline);
    return makeBacktest({ policy: file.policy, baseline, looks, notes, ...(labels && { labels }) });
  } finally {
    await history.close();
  }
}

/** Where rows are counted by days, several looks a day are one: the first slot of each day. From when a baseline can be had at the earliest to when the last labels are due. */
function slotsOf({ watch, baseline, labels, sources, timezone }: Policy, { first, last, knownTo }: History, from: EventTime): EventTime[] {
  const waits = baseline.windowDays + (sources.outcomes === undefined ? 0 : labels.maturesAfterDays);
  const earliest = instantOf(plusDays(first, waits), timezone);
  const begin = earliest > from ? earliest : from;
  const due = instantOf(plusDays(last, 1 + labels.maturesAfterDays), timezone);
  const end = plusDays(startOfDay(knownTo < due ? knownTo : due), 1);
  const nameOf = watch.grain === 'hour' ? (slot: EventTime) => slot : day;
  const slots = new Map<string, EventTime>();
  for (const slot of slotsAfter(watch.schedule, plusDays(begin, -1e-6))) {
    if (slot >= end) break;
    if (!slots.has(nameOf(slot))) slots.set(nameOf(slot), slot);
  }
  return [...slots.values()];
}

function noSlots({ model, baseline, labels, watch }: Policy, { first, last }: History, from: EventTime): string {
  const days = daysBetween(first, last) + 1;
  const lacks = `a baseline takes ${baseline.windowDays} days (baseline.window), and its labels ${labels.maturesAfterDays} more (sources.outcomes.maturesAfter)`;
  const history = `The history of ${model} holds ${days} days, from ${day(first)} to ${day(last)}`;
  if (days <= baseline.windowDays + labels.maturesAfterDays) return `${history}; ${lacks}. Give more files, or write a shorter window.`;
  return `${history}; from ${day(from)} on no look of the schedule "${watch.schedule}" can be made. Begin earlier: --since.`;
}

function notesOn(policy: Policy, { first, last, segments, filesCut, longestFileDays }: History, from: EventTime): string[] {
  const notes: string[] = [];
  if (from < first) notes.push(`The history begins on ${day(first)}; nothing before it can be seen.`);
  if (filesCut > 0)
    notes.push(
      `Files that hold more than ${policy.watch.windowDays} days were read as one for each day, ${filesCut} in number. The live loop sees a file with its last row.`,
    );
  if (longestFileDays > policy.watch.windowDays)
    notes.push(
      `A file of predictions holds ${longestFileDays} days, and a file counts as known with its last row: looks before that did not see it. Write it as Parquet or CSV, or one for each day.`,
    );
  const outcomes = segments.filter(({ holds }) => holds === 'outcomes');
  if (policy.sources.outcomes === undefined)
    notes.push('The policy names no outcomes: no alarm can be confirmed. Name them: sources.outcomes.');
  else if (outcomes.length === 0) notes.push('No file of outcomes was found: no alarm can be confirmed.');
  const overdue = plusDays(last, 1 + 2 * policy.labels.maturesAfterDays);
  const late = outcomes.filter(({ knownAt }) => knownAt > overdue);
  if (late.length > 0)
    notes.push(
      `${late.length} of ${outcomes.length} files of outcomes count as known long after they were due, ${day(late[0]?.knownAt as EventTime)}, and no look saw them. Name the column that says when a label was known: sources.outcomes.knownAt.`,
    );
  return notes;
}

function day(time: EventTime): string {
  return time.slice(0, 10);
}
