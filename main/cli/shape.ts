/**
 * A schema of the contract as plain data: what of JSON Schema decides whether a value is what the schema takes. The
 * command is started all day, and zod with all contracts costs it more than everything else together.
 */

export interface Shape {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** What fields without a name of their own hold; false: there are none. */
  readonly additionalProperties?: Shape | false;
  readonly items?: Shape;
  /** Of a list of so many, each of its own shape. */
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  /** Of a text in UTF-16 units, as zod counts. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** The schema takes white space off the ends before it looks. */
  readonly isTrimmed?: true;
  /** The schema says more than is said here: no value surely fits. */
  readonly isOpen?: true;
}

/** True when the schema surely takes the value, and as it is. False is no refusal: ask the schema itself. */
export function fits(shape: Shape, value: unknown): boolean {
  if (shape.isOpen === true) return false;
  if (shape.anyOf !== undefined) return shape.anyOf.some((one) => fits(one, value));
  if (shape.enum !== undefined && !shape.enum.includes(value)) return false;
  switch (shape.type) {
    case undefined:
      return value !== undefined;
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string' && fitsText(shape, value);
    case 'number':
    case 'integer':
      return typeof value === 'number' && fitsNumber(shape, value);
    case 'array':
      return Array.isArray(value) && fitsList(shape, value);
    case 'object':
      return isFields(value) && fitsFields(shape, value);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fitsText(shape: Shape, text: string): boolean {
  const { minLength = 0, maxLength = Infinity, pattern, isTrimmed } = shape;
  if (text.length < minLength || text.length > maxLength) return false;
  if (isTrimmed === true && text !== text.trim()) return false;
  return pattern === undefined || new RegExp(pattern).test(text);
}

function fitsNumber(shape: Shape, value: number): boolean {
  const { minimum = -Infinity, maximum = Infinity } = shape;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = shape;
  if (!(shape.type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)))
    return false;
  const isInside = value >= minimum && value <= maximum;
  return isInside && value > exclusiveMinimum && value < exclusiveMaximum;
}

function fitsList(shape: Shape, list: unknown[]): boolean {
  const { items, prefixItems, minItems = 0, maxItems = Infinity } = shape;
  if (prefixItems !== undefined)
    return (
      list.length === prefixItems.length && prefixItems.every((one, at) => fits(one, list[at]))
    );
  if (list.length < minItems || list.length > maxItems) return false;
  return items === undefined || list.every((item) => fits(items, item));
}

function fitsFields(
  { properties = {}, required = [], additionalProperties }: Shape,
  value: Fields,
) {
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, field]) => {
    if (Object.hasOwn(properties, name)) return fits(properties[name] ?? {}, field);
    // Whether the schema keeps a field that it does not know, or one with this name, is for it to say.
    if (name === '__proto__' || !additionalProperties) return false;
    return fits(additionalProperties, field);
  });
}
