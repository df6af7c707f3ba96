/** Builds the facts of one tool. Compiling its schema waits until somebody wants to check arguments. */
import type { Json, JsonObject } from '../../json.ts';
import type { ToolClass, ToolFacts } from '../../policy/index.ts';
import { compileArgumentCheck, type CompiledCheck } from './argument-check.ts';
import { isIdempotent } from './is-idempotent.ts';
import { Lru } from './lru.ts';
import type { Assessment, Classify, KnownTool } from './types.ts';

/** Compiled schemas, shared by all servers: the digest says what was compiled. */
const compiled = new Lru<string, CompiledCheck>(500);

export interface ToolParts {
  readonly name: string;
  readonly value: JsonObject;
  readonly text: string;
  readonly digest: string;
  readonly pinnedDigest: string;
  readonly assessment: Pick<Assessment, 'class' | 'classes'>;
  readonly override: ToolClass | undefined;
}

export function knownTool({
  name,
  value,
  text,
  digest,
  pinnedDigest,
  assessment,
  override,
}: ToolParts): KnownTool {
  const classes = override === undefined ? assessment.classes : [override];
  const drifted = digest !== pinnedDigest;
  const repeats = override === undefined && !drifted && isIdempotent(value, classes);
  const facts: ToolFacts = {
    name,
    classes,
    class: override ?? assessment.class,
    ...(repeats ? { idempotent: true } : {}),
  };
  const schema: Json | undefined = value.inputSchema;
  const check = (): CompiledCheck => compiled.get(digest, () => compileArgumentCheck(schema ?? {}));
  if (schema !== undefined) {
    Object.defineProperty(facts, 'checkInput', {
      enumerable: true,
      get: () => {
        const result = check();
        return 'check' in result ? result.check : undefined;
      },
    });
  }
  return {
    facts: Object.freeze(facts),
    digest,
    pinnedDigest,
    drifted,
    definition: text,
    get inputSchemaTrouble() {
      const result = schema === undefined ? undefined : check();
      return result !== undefined && 'trouble' in result ? result.trouble : undefined;
    },
  };
}

/** A tool judged by its name alone. Without a classifier it counts as destructive. */
export function guessTool(name: string, classify?: Classify, server = ''): KnownTool {
  const assessment = classify?.({ name }, { server });
  const gravest: ToolClass = assessment?.class ?? 'Destructive';
  const facts: ToolFacts = { name, class: gravest, classes: assessment?.classes ?? [gravest] };
  return { facts: Object.freeze(facts), digest: '', pinnedDigest: '', drifted: false, definition: '' };
}
