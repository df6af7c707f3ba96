/** oxlint by .oxlintrc.json; a warning is a problem too. */
import { problemsOf } from './tool.mjs';

export const checkLint = () => problemsOf('oxlint/bin/oxlint', ['--format=unix', '--deny-warnings', '.']);
