import type { Version } from '../identity/names.ts';
import type { Hold } from './routing-table.ts';

const mark = 'offline by ';

/** The latch of a rollback that was made without Temporal, by whom and when. */
export function offlineHold(act: { readonly who: string; readonly reason: string; readonly from: Version; readonly atWall: string }): Hold {
  return { by: `${mark}${act.who}`, reason: `${act.reason} (offline at ${act.atWall})`, from: act.from };
}

/** Was this hold set without Temporal, so that aliases, record and entity still have to follow? */
export function isOffline(hold: Hold | undefined): hold is Hold & { readonly from: Version } {
  return hold?.from !== undefined && hold.by.startsWith(mark);
}
