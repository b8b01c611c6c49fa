const time = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$/;
const mostlyNumbers = 0.9;

/** What the texts of a column are: `times` when all of them are ISO instants or days, `numbers` when nine of ten can be read as one. */
export function readText(values: readonly string[]): 'times' | 'numbers' | 'text' {
  if (values.length === 0) return 'text';
  if (values.every((value) => time.test(value))) return 'times';
  return values.filter(isNumber).length >= mostlyNumbers * values.length ? 'numbers' : 'text';
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}
