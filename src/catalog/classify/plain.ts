/** A plain classifier: the verb of the name, then hints. Stands in until the catalogue's own. */
import type { JsonObject } from '../../json.ts';
import { TOOL_CLASSES, type ToolClass } from '../../policy/index.ts';

const VERBS: readonly (readonly [ToolClass, RegExp])[] = [
  ['Financial', /^(?:pay|charge|refund|transfer|purchase|buy|invoice|payout|withdraw|subscribe)/],
  [
    'Destructive',
    /^(?:delete|remove|destroy|drop|purge|wipe|erase|truncate|revoke|terminate|kill|uninstall|reset|clear)/,
  ],
  [
    'Execute',
    /^(?:exec|execute|run|eval|bash|shell|start|stop|restart|invoke|trigger|deploy|click|type|key|press|send|launch|call)/,
  ],
  [
    'Write',
    /^(?:create|add|update|set|write|edit|put|insert|upload|move|rename|copy|save|post|patch|modify|append|clone|resize)/,
  ],
];
const SEVERITY: Readonly<Record<ToolClass, string>> = {
  Read: 'Low',
  Write: 'Medium',
  Execute: 'High',
  Destructive: 'Critical',
  Financial: 'Critical',
};

export function classify(definition: JsonObject): {
  class: ToolClass;
  classes: readonly ToolClass[];
  severity: string;
  confidence: number;
  signals: readonly string[];
  evidence: readonly { place: string; words: string; says: string }[];
} {
  const name = typeof definition.name === 'string' ? definition.name : '';
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const found: { place: string; words: string; says: ToolClass }[] = [];
  for (const word of words) {
    for (const [says, pattern] of VERBS)
      if (pattern.test(word)) found.push({ place: 'name', words: word, says });
  }
  const { readOnlyHint, destructiveHint } = (definition.annotations ?? {}) as JsonObject;
  if (destructiveHint === true && readOnlyHint !== true && found.length === 0)
    found.push({ place: 'annotations.destructiveHint', words: 'true', says: 'Destructive' });
  const classes = TOOL_CLASSES.filter((one) => found.some(({ says }) => says === one));
  const gravest = classes.at(-1) ?? 'Read';
  return {
    class: gravest,
    classes: classes.length > 0 ? classes : ['Read'],
    severity: SEVERITY[gravest],
    confidence: found.length > 0 ? 0.7 : 0.4,
    signals: [],
    evidence: found,
  };
}
