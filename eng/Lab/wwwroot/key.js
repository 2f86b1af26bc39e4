// Exchanges the lab key for a cookie, and opens the page that was asked for without the key in its address.
const form = document.getElementById('key-form');

async function enter(key) {
    const error = document.getElementById('key-error');
    try {
        const response = await fetch('/key', { method: 'POST', body: new URLSearchParams({ key }) });
        if (response.ok)
            location.replace(location.pathname + location.search);
        else
            error.textContent = (await response.json()).title;
    } catch {
        error.textContent = 'The Lab does not answer.';
    }
}

form.addEventListener('submit', event => {
    event.preventDefault();
    enter(form.elements.key.value);
});
form.querySelector('fieldset').disabled = false;

if (location.hash.length > 1) {
    const key = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, '', location.pathname + location.search);
    enter(key);
}
