/**
 * First parts of keys below which single rows are named: `rows` holds those a person may want to look at, `slices` what outcomes are joined
 * to. A store that can keeps them from everybody but its owner; in others the operator denies them.
 */
export const privateFolders: readonly string[] = ['rows', 'slices'];
