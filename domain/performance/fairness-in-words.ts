export type FairnessName = 'parity' | 'opportunity' | 'gap';

/** What people call each way in which groups can be apart. */
const fairnessInWords: Readonly<Record<FairnessName, string>> = {
  parity: 'Demographic parity difference',
  opportunity: 'Equal opportunity difference',
  gap: 'Gap between groups',
};

/** The subject of a signal, such as `parity by plan`. */
export function fairnessSubjectInWords(subject: string): string {
  const [name = '', ...by] = subject.split(' by ');
  const said = Object.hasOwn(fairnessInWords, name) ? fairnessInWords[name as FairnessName] : name;
  return [said, ...by].join(' by ');
}
