/** One way to lay out code, so that no review is about it. */
import { problemsOf } from './tool.mjs';

export const checkFormat = () => problemsOf('oxfmt/bin/oxfmt', ['--check']);
