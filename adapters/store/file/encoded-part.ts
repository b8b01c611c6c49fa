/** A part of a key as a file name: letters, digits and `.-_=@:+,` as they are, the rest as %XX of its UTF-8 bytes, a leading dot too. */
export function encodedPart(part: string): string {
  return Array.from(Buffer.from(part, 'utf8'), (byte, index) => {
    const letter = String.fromCharCode(byte);
    const plain = /[A-Za-z0-9._=@:+,-]/.test(letter) && byte < 0x80 && !(index === 0 && letter === '.');
    return plain ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

export function decodedPart(name: string): string {
  return decodeURIComponent(name);
}
