// A server that was restarted does not know this page's circuit: as soon as it answers, the page is loaded anew.
const modal = document.getElementById('components-reconnect-modal');
const retryEvery = 1000;

async function reloadWhenAlive() {
    try {
        if ((await fetch('/alive', { cache: 'no-store' })).ok)
            location.reload();
    } catch {
        // It is still away.
    }
    setTimeout(reloadWhenAlive, retryEvery);
}

modal.addEventListener('components-reconnect-state-changed', event => {
    if (event.detail.state === 'failed' || event.detail.state === 'rejected')
        reloadWhenAlive();
});
