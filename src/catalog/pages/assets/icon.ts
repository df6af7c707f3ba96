/** A gate that is half down. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#84470f"/><g stroke="#fbe9d3" stroke-width="2.2" stroke-linecap="round" fill="none"><path d="M5.5 9.5h21M5.5 15.5h21"/><path d="M8.5 5.5v18.5M16 5.5v21M23.5 5.5v18.5"/></g></svg>`;
