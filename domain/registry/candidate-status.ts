/** How the life of a candidate ended; it stays in the registry with it. */
export type CandidateStatus = 'refused' | 'rolled-back' | 'superseded' | 'rejected' | 'promoted';
