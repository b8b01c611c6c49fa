/**
 * Makes this example's data: no customer in it exists. What a nightly job would leave behind in 22 weeks: each night the scores of the
 * customers whose contract ends in thirty days, and thirty days later, in a file of its own, who of them left.
 *
 * Every number is drawn from an MD5 of the seed, the customer and the name of what is drawn, so every run makes the same rows.
 *
 * Usage: node make_data.mjs
 */

import { mkdirSync, rmSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const seed = 20_240_101;
const firstNight = '2024-01-01';
const nights = 154;
/** From this night on a long tenure keeps nobody any more: the discount for the loyal has ended. Nothing else changes. */
const planted = '2024-04-22';

const uniform = (name) => `(md5_number_lower('${seed}/' || customer_id || '/${name}')::double / 18446744073709551616)`;
const normal = (name) => `sqrt(-2 * ln(1 - ${uniform(`${name}-1`)})) * cos(2 * pi() * ${uniform(`${name}-2`)})`;
/** The chance that a customer leaves: `loyalty` is what a long tenure does to it. */
const chance = (loyalty) => `1 / (1 + exp(1.9 - ${loyalty} * (36 - tenure_months) / 20 - 0.8 * (12 - logins_30d) / 6
  - 0.4 * tickets_30d - case plan when 'basic' then 0.3 when 'premium' then -0.3 else 0 end))`;

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`
  create table customers as
  with nights as (select unnest(generate_series(0, ${nights - 1})) as night),
  ids as (
    select date '${firstNight}' + night::integer as scored_on, night * 1000 + k as customer_id
    from nights, generate_series(1, 320) as numbers(k)
    where isodow(date '${firstNight}' + night::integer) < 6 or k <= 240
  ),
  drawn as (
    select customer_id, scored_on, scored_on + interval 1 hour as scored_at,
      1 + floor(71 * ${uniform('tenure')})::integer as tenure_months,
      greatest(0, round(12 + 6 * ${normal('logins')}))::integer as logins_30d,
      floor(-ln(1 - ${uniform('tickets')}))::integer as tickets_30d,
      case when ${uniform('plan')} < 0.5 then 'basic' when ${uniform('plan')} < 0.85 then 'standard' else 'premium' end as plan
    from ids
  )
  select *, round(${chance(1)}, 3) as p_churn,
    (${uniform('churned')} < case when scored_on < date '${planted}' then ${chance(1)} else ${chance(0)} end)::integer as churned
  from drawn`);

const folder = (name) => `${import.meta.dirname}/${name}`;
for (const name of ['predictions', 'outcomes']) {
  rmSync(folder(name), { recursive: true, force: true });
  mkdirSync(folder(name));
}
for (let night = 0; night < nights; night += 1) {
  const day = new Date(Date.parse(firstNight) + night * 86_400_000).toISOString().slice(0, 10);
  const write = (name, columns) =>
    connection.run(`copy (select ${columns} from customers where scored_on = date '${day}' order by customer_id)
      to '${folder(name)}/${day}.parquet' (format parquet, compression zstd)`);
  await write(
    'predictions',
    'customer_id, scored_at, tenure_months, logins_30d, tickets_30d, plan, p_churn, (p_churn >= 0.5)::integer as predicted',
  );
  if (night + 30 < nights) await write('outcomes', 'customer_id, churned, scored_at + interval 30 day as known_at');
}
