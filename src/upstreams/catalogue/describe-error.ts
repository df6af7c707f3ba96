/** A validator's finding as a sentence for the agent: which argument, and what was expected. Argument values are not repeated. */
import type { ErrorObject } from 'ajv';

const LONGEST = 300;

export function describeError(error: ErrorObject): string {
  const at = `args${argumentPath(error.instancePath)}`;
  const parameters: Record<string, unknown> = error.params;
  return clip(sentence(error, at, parameters));
}

function sentence(error: ErrorObject, at: string, parameters: Record<string, unknown>): string {
  switch (error.keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return `${at}${member(String(parameters.missingProperty))} is required`;
    case 'additionalProperties':
      return `${at}${member(String(parameters.additionalProperty))} is not an argument of this tool`;
    case 'unevaluatedProperties':
      return `${at}${member(String(parameters.unevaluatedProperty))} is not an argument of this tool`;
    case 'enum':
      return `${at} must be one of ${JSON.stringify(parameters.allowedValues)}`;
    case 'const':
      return `${at} must be ${JSON.stringify(parameters.allowedValue)}`;
    default:
      return `${at} ${error.message ?? 'is not valid'}`;
  }
}

/** `/items/0/price` as `.items[0].price`. */
function argumentPath(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) =>
      /^\d+$/.test(part) ? `[${part}]` : member(part.replaceAll('~1', '/').replaceAll('~0', '~')),
    )
    .join('');
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function clip(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
