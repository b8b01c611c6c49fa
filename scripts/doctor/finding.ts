/** What one check found. `idle`: not there now, and not needed to be. */
export interface Finding {
  readonly part: string;
  readonly state: 'well' | 'ill' | 'idle';
  readonly says: string;
  /** What to do, as exactly as can be: a command where one exists. */
  readonly remedy?: string;
}

export const well = (part: string, says: string): Finding => ({ part, state: 'well', says });

export const idle = (part: string, says: string, remedy: string): Finding => ({ part, state: 'idle', says, remedy });

export const ill = (part: string, says: string, remedy: string): Finding => ({ part, state: 'ill', says, remedy });
