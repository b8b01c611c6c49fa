/** Why the system wrote nothing, in words. */
export function writeFaultInWords({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space is left (${code})`;
    case 'EACCES':
    case 'EPERM':
      return `no permission (${code})`;
    case 'EROFS':
      return `its file system is read-only (${code})`;
    case 'EISDIR':
      return `it is a folder (${code})`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `a file stands in the place of a folder (${code})`;
    default:
      return code ?? message;
  }
}
