// Runs before the first paint: applies the theme that the person chose, else the system's.
(() => {
    const root = document.documentElement;
    const kept = (() => { try { return localStorage.getItem('theme'); } catch { return null; } })();
    if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;

    document.addEventListener('click', event => {
        if (!event.target.closest('[data-switch-theme]')) return;
        const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        root.dataset.theme = dark ? 'light' : 'dark';
        try { localStorage.setItem('theme', root.dataset.theme); } catch { /* private window: for this page only */ }
    });
})();
