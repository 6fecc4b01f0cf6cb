// Behaviour that needs no circuit, or must work when there is none.
(() => {
    window.luware = {
        zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
        focus: place => document.querySelector(place)?.focus(),
        // A heading that replaces another one takes over its focus, but never takes focus from anything else.
        arrive: () => { if (document.activeElement === document.body) document.querySelector('h1')?.focus(); },
        focusOnHead: () => document.querySelector('h1')?.focus({ preventScroll: true }),
        save: address => {
            const link = Object.assign(document.createElement('a'), { href: address, download: '' });
            document.body.append(link);
            link.click();
            link.remove();
        },
        // The portal is about to stop, so the connection loss that follows is not a network problem. Blazor does not reconnect after a connection that was
        // closed in order: the page is loaded anew once the portal was gone and answers again, or, if another instance answers all the time, half a minute later.
        restarting: () => {
            document.getElementById('components-reconnect-modal')?.classList.add('restarting');
            let gone = false, looks = 0;
            const look = async () => {
                const answers = await fetch('portal.js', { cache: 'no-store' }).then(answer => answer.ok, () => false);
                gone ||= !answers;
                if (answers && (gone || ++looks >= 30)) location.reload();
                else setTimeout(look, 1000);
            };
            setTimeout(look, 1000);
        },
    };

    // Blazor treats a link within the page as a navigation: it scrolls but leaves the focus on the link.
    document.addEventListener('click', event => {
        if (!event.target.closest('.skip')) return;
        event.preventDefault();
        document.getElementById('main').focus();
    }, true);

    // Sets the tab's title from the page's head.
    const nameTab = () => {
        const name = document.querySelector('[data-tab]')?.dataset.tab;
        if (name && name !== document.title) document.title = name;
    };

    // If the focused element disappears (done, or answered by a colleague), the focus moves to what held it: the group of choices, the button that opened a
    // step's choices, the heading of the section, else of the page.
    let stood = [];
    document.addEventListener('focusin', event => {
        stood = [];
        for (let place = event.target; place; place = place.parentElement) stood.push(place);
    });
    const catchFocus = () => {
        if (document.activeElement !== document.body || !stood.length || stood[0].isConnected) return;
        const place = stood.find(place => place.isConnected && place.matches('fieldset, .choices-slot, section[aria-labelledby]'));
        const next = place?.matches('fieldset') ? place
            : document.getElementById(place?.getAttribute('aria-labelledby') ?? place?.id.replace('choices', 'change')) ?? document.querySelector('h1');
        if (!next) return;
        if (next.tabIndex < 0) next.tabIndex = -1;
        next.focus();
    };
    new MutationObserver(() => { nameTab(); catchFocus(); }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-tab'] });

    document.addEventListener('click', async event => {
        const copy = event.target.closest('[data-copy]');
        if (copy) {
            try {
                await navigator.clipboard.writeText(copy.dataset.copy);
                const word = copy.querySelector('.copy-word'), said = document.getElementById('said');
                const before = word.textContent;
                word.style.minWidth = `${word.offsetWidth}px`;
                word.textContent = said.textContent = copy.dataset.copied;
                setTimeout(() => {
                    said.textContent = '';
                    if (word.textContent === copy.dataset.copied) word.textContent = before;
                }, 2500);
            } catch {
                // Refused by the browser: the text is shown, selected, to be copied by hand.
                const dialog = document.getElementById('uncopied'), text = dialog.querySelector('textarea');
                text.value = copy.dataset.copy;
                dialog.showModal();
                text.select();
            }
        }
        // A menu closes when something else is clicked.
        for (const menu of document.querySelectorAll('details.menu[open]'))
            if (!menu.contains(event.target)) menu.open = false;
    });

    document.addEventListener('keydown', event => {
        const menu = event.key === 'Escape' && document.querySelector('details.menu[open]');
        if (!menu) return;
        menu.open = false;
        menu.querySelector('summary').focus();
    });

    // Pages without a circuit need nothing of what follows.
    const lost = document.getElementById('components-reconnect-modal');
    if (!lost) return;

    // What a person does on a page travels over its connection, which does not renew their session; any request does.
    const renewAfter = Number(document.body.dataset.renewAfter);
    let renewed = Date.now();
    const renew = () => {
        if (Date.now() - renewed < renewAfter) return;
        renewed = Date.now();
        fetch('portal.js', { method: 'HEAD', cache: 'no-store' }).catch(() => { /* no network: a later use asks again */ });
    };
    for (const use of ['keydown', 'click', 'input']) document.addEventListener(use, renew, true);

    // Connection loss: blazor.web.js retries by itself. A circuit that is gone is started anew; it holds no state.
    const reconnect = async () => {
        try {
            if (await Blazor.reconnect() === false) location.reload();
        } catch { /* still no network: the bar stays */ }
    };
    lost.querySelector('[data-reconnect]').addEventListener('click', reconnect);
    lost.addEventListener('components-reconnect-state-changed', event => {
        if (event.detail.state === 'rejected') location.reload();
    });
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible' && lost.classList.contains('components-reconnect-failed')) reconnect();
    });
    // The browser knows that it is offline long before the connection times out.
    addEventListener('offline', () => lost.classList.add('offline'));
    addEventListener('online', () => { lost.classList.remove('offline'); if (lost.classList.contains('components-reconnect-failed')) reconnect(); });
})();
