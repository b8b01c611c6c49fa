/** Which revision of the user's code a model was trained with. */
export interface CodeCommit {
  /** Commit of the working copy a folder lies in; absent when it lies in none. */
  of(folder: string): Promise<string | undefined>;
}
