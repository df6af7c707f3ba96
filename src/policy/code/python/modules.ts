/** Which modules a text may import and what it may take from them. */
import { LEAKING_ATTRIBUTES } from './names.ts';
import { MODULE_MEMBERS } from './module-members.ts';

const MEMBERS = new Map(
  Object.entries(MODULE_MEMBERS).map(([path, names]) => [path, new Set(names.split(' '))]),
);

export class Modules {
  readonly #allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    this.#allowed = allowed;
  }

  /** The module itself, or as a submodule of one that is listed. */
  allows(path: string): boolean {
    return this.#allowed.some((allowed) => path === allowed || path.startsWith(`${allowed}.`));
  }

  /** Whether a dotted path is known to be a module: by its name, or because the policy lists it or something in it. */
  isModule(path: string): boolean {
    return (
      MEMBERS.has(path) || this.#allowed.some((allowed) => allowed === path || allowed.startsWith(`${path}.`))
    );
  }

  /** @returns why the module may not be imported */
  importProblem(path: string): string | undefined {
    if (!this.allows(path)) return `the module ${path} is not among the permitted imports`;
    if (path.split('.').some((part) => part.startsWith('_'))) return `${path} is a private module`;
    const unknownPart = !this.isModule(path) && this.#known(path.slice(0, path.indexOf('.')));
    return unknownPart ? `${path} is not a public part of its module` : undefined;
  }

  /** @returns why `path.member` may not be read */
  memberProblem(path: string, member: string): string | undefined {
    const full = `${path}.${member}`;
    if (this.isModule(full))
      return this.allows(full) || this.#leadsTo(full) ? undefined : this.importProblem(full);
    if (!this.allows(path)) return `the module ${path} is not among the permitted imports`;
    const known = MEMBERS.get(path);
    if (known !== undefined)
      return known.has(member) || ['__name__', '__doc__', '__version__'].includes(member)
        ? undefined
        : `${member} is not a public name of the module ${path}`;
    if (member === '__version__') return undefined;
    if (member.startsWith('_') || LEAKING_ATTRIBUTES.has(member))
      return `${member} of the module ${path} leads out of it`;
    return undefined;
  }

  #known(path: string): boolean {
    return MEMBERS.has(path);
  }

  /** A package on the way to a module that is listed. */
  #leadsTo(path: string): boolean {
    return this.#allowed.some((allowed) => allowed.startsWith(`${path}.`));
  }
}
