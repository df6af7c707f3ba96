/** What Vite makes of it. */
declare module '*.json?raw' {
  const text: string;
  export default text;
}
