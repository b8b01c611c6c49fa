import type { Layer, Report, Signal } from './report.ts';
import { sayNumber, sayP } from './say-number.ts';

const titles: Readonly<Record<Layer, string>> = {
  performance: 'Performance',
  quality: 'Quality of the data',
  inputs: 'Inputs',
  predictions: 'Predictions',
};
const order: readonly Layer[] = ['performance', 'quality', 'predictions', 'inputs'];
const worstFirst = { fail: 0, inconclusive: 1, pass: 2 } as const;

/** A report as Markdown, for terminals and beside the model's run: the verdict, then each layer's signals, worst first. */
export function renderReport(report: Report): string {
  const { window, blocks } = report;
  const past = blocks.unit === 'none' ? 'no past to test against' : `${blocks.count} blocks of one ${blocks.unit}`;
  return [
    `# ${report.model}, version ${report.version}: ${report.outcome} (${report.severity})`,
    '',
    ...report.says.map((line) => `- ${line}`),
    '',
    `As of ${report.asOf} · window ${window.from} to ${window.to}, ${sayNumber(window.rows)} rows · ${past} · false-alarm level ${sayP(report.falseAlarmLevel)} a look`,
    '',
    ...order.flatMap((layer) => renderLayer(layer, report.signals)),
    ...renderAnomalies(report.anomalies),
    `Policy ${short(report.policy)} · baseline ${report.baseline ? short(report.baseline) : 'none'} · entries ${short(report.entries)}`,
    '',
  ].join('\n');
}

function renderLayer(layer: Layer, signals: readonly Signal[]): string[] {
  const own = signals.filter((signal) => signal.layer === layer).sort((a, b) => worstFirst[a.outcome] - worstFirst[b.outcome]);
  if (own.length === 0) return [];
  return [`## ${titles[layer]}`, '', ...own.map(renderSignal), ''];
}

function renderSignal({ outcome, critical, layer, says, policyPath }: Signal): string {
  return `- **${outcome}**${critical && layer === 'inputs' ? ' (critical)' : ''} ${says} \`${policyPath}\``;
}

function renderAnomalies(anomalies: Report['anomalies']): string[] {
  const counted = Object.entries(anomalies).filter(([, rows]) => rows > 0);
  if (counted.length === 0) return [];
  return ['## Records that could not be counted as they are', '', ...counted.map(([kind, rows]) => `- ${kind}: ${sayNumber(rows)}`), ''];
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
