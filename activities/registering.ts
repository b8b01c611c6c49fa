import { ApplicationFailure } from '@temporalio/common';
import { summariseVerdict, tellVerdict } from '../domain/gates/tell-verdict.ts';
import type { Verdict } from '../domain/gates/verdict.ts';
import { verdictMetrics } from '../domain/gates/verdict-metrics.ts';
import { canonicalJson } from '../domain/identity/canonical-json.ts';
import { type Digest, type EffectKey, effectKey, type ModelName, type Version } from '../domain/identity/names.ts';
import type { CandidateStatus } from '../domain/registry/candidate-status.ts';
import type { CodeCommit } from '../domain/registry/code-commit.port.ts';
import type { Aliases, AliasMove, RegisteredVersion, Registry } from '../domain/registry/registry.port.ts';
import type { Report } from '../domain/report/report.ts';
import { reportMetrics } from '../domain/report/report-metrics.ts';
import { renderMarkdown } from '../domain/report-page/markdown/render-markdown.ts';
import { pageOfReport } from '../domain/report-page/page-of-report.ts';
import type { Artefacts } from '../domain/store/artefacts.port.ts';
import type { RetrainOrder } from '../domain/training/retrain.ts';
import type { TrainingRun } from '../domain/training/training-run.ts';
import { neededArtefact } from './needed-artefact.ts';
import { untilRefused } from './registry-failure.ts';

export type RegisteringActivities = ReturnType<typeof createRegisteringActivities>;

/** What is written to the registry: versions, their tags, aliases, verdicts. Every activity may be repeated. */
export function createRegisteringActivities(deps: {
  readonly registry: Registry;
  readonly artefacts: Artefacts;
  readonly codeCommit: CodeCommit;
}) {
  const { registry, artefacts, codeCommit } = deps;

  async function existing(model: ModelName, version: Version): Promise<RegisteredVersion> {
    const found = await registry.find(model, version);
    if (found !== undefined) return found;
    throw ApplicationFailure.create({
      type: 'VersionMissing',
      message: `Version ${version} of ${model} is not in the registry; someone deleted it. Its record in the store is kept.`,
      nonRetryable: true,
    });
  }

  return {
    /** Registers what a training run left, as a candidate: one version per decision, however often it is asked. */
    async registerCandidate(order: RetrainOrder, training: Digest): Promise<{ version: Version; says: string }> {
      const run = await neededArtefact<TrainingRun>(artefacts, 'training-run', training);
      const commit = await codeCommit.of(order.policy.folder);
      const tags = {
        'anchorwatch.status': 'candidate',
        'anchorwatch.decision': order.decision,
        'anchorwatch.data-digest': run.prepared,
        'anchorwatch.policy': order.policy.digest,
        'anchorwatch.training': training,
        ...(commit === undefined ? {} : { 'anchorwatch.code-commit': commit }),
      };
      const key = effectKey(order.decision, 'register');
      const version = await untilRefused(() =>
        registry.register({ model: order.model, key, runId: run.runId, source: run.modelUri, tags }),
      );
      return { version, says: `Registered as version ${version} of ${order.model}, a candidate.` };
    },

    /** Writes how a candidate ended onto its version. */
    async closeCandidate(closing: {
      key: EffectKey;
      model: ModelName;
      version: Version;
      status: CandidateStatus;
      reason: string;
    }): Promise<void> {
      await untilRefused(async () => {
        await existing(closing.model, closing.version);
        await registry.tag(closing.model, closing.version, {
          'anchorwatch.reason': closing.reason,
          'anchorwatch.closed-by': closing.key,
          'anchorwatch.status': closing.status,
        });
        await registry.describe(closing.model, closing.version, closing.reason);
      });
    },

    /** `stale` and `unexpected` changed nothing and are for the workflow to act on; they are no failures. */
    async moveAliases(move: AliasMove): Promise<{ outcome: 'moved' | 'stale' | 'unexpected' }> {
      return { outcome: await untilRefused(() => registry.moveAliases(move)) };
    },

    async readAliases(model: ModelName): Promise<Aliases> {
      return untilRefused(() => registry.aliases(model));
    },

    /** Verdict, its text and its figures onto the run the version came from. */
    async recordVerdict({ model, version, verdict: digest }: { model: ModelName; version: Version; verdict: Digest }): Promise<void> {
      const verdict = await neededArtefact<Verdict>(artefacts, 'verdict', digest);
      await untilRefused(async () => {
        const { runId } = await existing(model, version);
        if (runId !== undefined) {
          await registry.logArtifact(runId, 'anchorwatch/verdict.json', new TextEncoder().encode(canonicalJson(verdict)));
          await registry.logArtifact(runId, 'anchorwatch/verdict.md', new TextEncoder().encode(tellVerdict(verdict)));
          await registry.logMetrics(runId, verdictMetrics(verdict));
        }
        await registry.tag(model, version, {
          'anchorwatch.verdict': digest,
          'anchorwatch.verdict-outcome': verdict.outcome,
          'anchorwatch.verdict-says': summariseVerdict(verdict),
        });
      });
    },

    /** A report and its figures onto the run of the version it is about. */
    async recordReport({ model, version, report: digest }: { model: ModelName; version: Version; report: Digest }): Promise<void> {
      const report = await neededArtefact<Report>(artefacts, 'report', digest);
      await untilRefused(async () => {
        const { runId } = await existing(model, version);
        if (runId === undefined) return;
        const path = `anchorwatch/reports/${report.asOf.replaceAll(':', '')}.md`;
        await registry.logArtifact(runId, path, new TextEncoder().encode(renderMarkdown(pageOfReport(report))));
        await registry.logMetrics(runId, reportMetrics(report));
      });
    },
  };
}
