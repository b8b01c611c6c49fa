import type { Served, Serving } from '../../../domain/serving/serving.port.ts';
import { isReachable } from '../answers.ts';
import { type ServedRecord, servedRecords } from '../served-records.ts';

export interface EndpointServingOptions {
  readonly stateRoot: string;
  /** Where a version answers, with `{model}` and `{version}`: `https://models.example/{model}/v{version}/invocations`. */
  readonly urlTemplate: string;
}

/** Endpoints somebody else runs. Nothing is started or stopped: they are waited for, and remembered while they are in use. */
export function createEndpointServing({ stateRoot, urlTemplate }: EndpointServingOptions): Serving {
  const records = servedRecords(stateRoot);
  const urlOf = ({ model, version }: ServedRecord) => urlTemplate.replaceAll('{model}', model).replaceAll('{version}', version);

  return {
    async ensure(model, version) {
      await records.add({ model, version });
      const endpoint = await look({ model, version });
      if (endpoint.healthy) return endpoint;
      throw new Error(`Nothing answers at ${endpoint.url}: deploy version ${version} of ${model} there. It is asked for again until then.`);
    },
    async stop(model, version) {
      await records.remove({ model, version });
    },
    async list() {
      return Promise.all((await records.all()).map(look));
    },
  };

  async function look(record: ServedRecord): Promise<Served> {
    const url = urlOf(record);
    return { key: `${record.model}/${record.version}`, ...record, url, healthy: await isReachable(url) };
  }
}
