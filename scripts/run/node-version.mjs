/** Which Node.js versions Portcullis runs on: 20.19 or later of line 20, and 22.14 or later. The same test stands in bin/portcullis.js. */
export function refuseOtherNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major > 22) return false;
  process.stderr.write(
    `Portcullis needs Node.js 20.19 or later of line 20, or 22.14 or later; this is ${version}.\n`,
  );
  process.exitCode = 2;
  return true;
}
