/** The only script: it shows the copy buttons where the browser can copy. Pages say everything without it. */
export const COPY_SCRIPT = /* js */ `
for (const button of navigator.clipboard ? document.querySelectorAll('button[data-copy]') : []) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not permitted';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  });
}
`;
