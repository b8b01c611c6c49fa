export type ProxyName = 'estimate' | 'inputs' | 'predictions';

/** What could be seen of windows before their outcomes were known, beside what the outcomes then showed. */
export interface ProxyRecord {
  /** Windows since the baseline whose outcomes are known by now. */
  readonly windows: number;
  /** Of these, worse than the baseline by the drop that alarms. */
  readonly degraded: number;
  readonly proxies: readonly {
    readonly proxy: ProxyName;
    /** Windows it could judge, and of these how many it warned of: among those that became worse, and among the others. */
    readonly degraded: number;
    readonly warned: number;
    readonly others: number;
    readonly warnedOfOthers: number;
  }[];
  readonly says: string;
}
