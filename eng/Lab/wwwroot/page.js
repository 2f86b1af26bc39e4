// Blazor connects a page again after an interruption. A Lab that was restarted does not know the page, and its cookie only if the key is
// the same: the page is loaded again, and asks for the key if it has to.
const modal = document.getElementById('components-reconnect-modal');
const askEvery = 1000;
let isAway = false;
let isLost = false;

async function reloadIfLost() {
    if (!isAway)
        return;
    try {
        const response = await fetch('/', { cache: 'no-store' });
        if (response.status === 401 || (response.ok && isLost)) {
            location.reload();
            return;
        }
    } catch {
        // It is still away.
    }
    setTimeout(reloadIfLost, askEvery);
}

modal.addEventListener('components-reconnect-state-changed', event => {
    const state = event.detail.state;
    isLost = isLost || state === 'failed' || state === 'rejected';
    const wasAway = isAway;
    isAway = state !== 'hide';
    if (isAway && !wasAway)
        reloadIfLost();
});
