/** One thing wrong with a policy file: where, what, and what to write instead. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly at?: { readonly line: number; readonly column: number; readonly width: number; readonly source: string };
  readonly says: string;
  readonly remedy: string;
}

/** All problems as a person reads them in a terminal; the last line counts them. */
export function renderProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [...problems.map(renderProblem), `${count}, nothing applied.`].join('\n\n');
}

function renderProblem({ file, at, says, remedy }: Problem): string {
  if (at === undefined) return `${file}  ${says}\n  ${remedy}`;
  const number = String(at.line).padStart(6);
  const indent = at.source.slice(0, at.column - 1).replace(/[^\t]/g, ' ');
  return [
    `${file}:${at.line}:${at.column}  ${says}`,
    `${number} | ${at.source}`,
    `${' '.repeat(6)} | ${indent}${'^'.repeat(Math.max(1, at.width))}`,
    `  ${remedy}`,
  ].join('\n');
}
