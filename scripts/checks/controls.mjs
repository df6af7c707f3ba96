/** The list of controls that are switched off one by one names text of the sources; a control that moved would not be tried any more. */
import { read } from './sources.mjs';

const LIST = 'tests/mutation/controls.json';

export function checkControls() {
  return JSON.parse(read(LIST)).flatMap(({ name, file, find }) => {
    const times = read(file).split(find).length - 1;
    return times === 1 ? [] : [`${LIST}: "${name}" stands ${times} times in ${file}, expected once`];
  });
}
