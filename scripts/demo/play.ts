import { join } from 'node:path';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { eventTime } from '../../domain/identity/event-time.ts';
import { tidyId } from '../../domain/identity/workflow-ids.ts';
import { loadPolicyFile, savePolicy } from '../models/policies.ts';
import type { Session } from '../models/session.ts';
import { readHours } from '../replay/hours.ts';
import { Replay } from '../replay/replay.ts';
import type { Ending } from './act.ts';
import { acts } from './acts.ts';
import { Chronicle } from './chronicle.ts';
import { tellTurn } from './tell-turn.ts';

export interface Played extends Ending {
  readonly title: string;
}

/** Plays the acts one after another. No figure is scripted: every verdict comes from the running system. */
export async function play(session: Session, exampleFolder: string, say: (line: string) => void): Promise<readonly Played[]> {
  const read = loadPolicyFile(join(exampleFolder, 'anchorwatch.yaml'));
  const applied = await savePolicy(session.ports, read);
  const from = eventTime('2011-04-01');
  const replay = new Replay({
    session,
    policy: read.policy,
    hours: readHours(join(exampleFolder, 'data/replay.csv')),
    from,
    knownAfterDays: 3,
    inFlight: 8,
  });
  const chronicle = new Chronicle(session.ports, read.policy.model);
  const tellNews = async () => {
    for (const line of await chronicle.news()) say(`             → ${line}`);
  };
  const tellShares = async () => {
    const table = await session.ports.router.read(read.policy.model);
    for (const { arm, version, share } of table?.arms ?? [])
      if (arm === 'candidate') say(`             → version ${version} answers ${share * 100}% of the requests`);
  };
  const turn = async () => {
    const turned = await replay.turn();
    say(tellTurn(turned));
    await tellNews();
    await tellShares();
    return turned;
  };

  const played: Played[] = [];
  for (const [number, act] of acts.entries()) {
    say(`\nAct ${number + 1}. ${act.title}\n  ${act.intent}`);
    const end = await act.play({ session, replay, policy: read.policy, applied, exampleFolder, from, say, turn, tellNews });
    say(`  ${end.asItMust ? '✓' : '✗'} ${end.says}`);
    played.push({ title: act.title, ...end });
  }
  await replay.close();
  await session.client.schedule.getHandle(tidyId(session.place.installation)).trigger(ScheduleOverlapPolicy.SKIP);
  return played;
}
