/** What is said of fewer rows is said of chance. */
export const fewestRows = 30;
