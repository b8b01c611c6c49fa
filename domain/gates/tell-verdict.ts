import type { GateResult, Verdict } from './verdict.ts';

const ends = { pass: 'passed', fail: 'refused', inconclusive: 'not proven' } as const;

/** One line: the end, and what settled it. */
export function summariseVerdict({ candidate, outcome, gates }: Verdict): string {
  const settled = gates.filter((gate) => gate.outcome === outcome);
  const gate = (outcome === 'pass' ? settled.at(-1) : settled[0]) as GateResult;
  return `Version ${candidate} ${ends[outcome]} (${gate.gate}): ${gate.says}`;
}

/** The verdict as Markdown, for a person who opens the candidate's run. */
export function tellVerdict(verdict: Verdict): string {
  const against = verdict.champion === undefined ? 'no champion' : `champion ${verdict.champion}`;
  return [
    `# ${verdict.model} version ${verdict.candidate}: ${ends[verdict.outcome]}`,
    '',
    `Judged as of ${verdict.asOf} against ${against}, on ${verdict.rows} rows, by decision \`${verdict.decision}\`.`,
    '',
    '| gate | end | what was found | policy |',
    '|---|---|---|---|',
    ...verdict.gates.map(({ gate, outcome, says, policyPath }) => `| ${gate} | ${outcome} | ${says} | \`${policyPath}\` |`),
    '',
    `Policy \`${verdict.policy}\`. Made from: ${verdict.madeFrom.map((digest) => `\`${digest}\``).join(', ')}.`,
    '',
  ].join('\n');
}
