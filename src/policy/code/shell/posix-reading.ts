/** What a shell without bash's additions makes of them: `((…))` is a subshell in a subshell there, and `[[` an unknown command. */

/** Words that can stand where a command is expected, and name none: `i++`, `n+=1`, numbers. */
const NO_COMMAND = /^(?:\d[\w#]*|[A-Za-z_]\w*(?:\+\+|--|[-+*%&^]=.*)|(?:\+\+|--|[-+~!])[A-Za-z_\d]\w*)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=[^\s<>/]*$/;

/** Whether `((expression))` runs no command and writes no file where it is read as subshells. */
export function runsNothing(expression: string): boolean {
  if (/[<>]\s*[^\s\w$(=]|<</.test(expression)) return false;
  return expression.split(/[|&;()\n]+/).every((piece) => {
    const command = piece.trim().replace(/^(?:!\s+)+/, '');
    return command === '' || ASSIGNMENT.test(command) || NO_COMMAND.test(/^[^\s<>]*/.exec(command)![0]);
  });
}
