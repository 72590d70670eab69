// A link to a paragraph lands there (A9.14), also when the page comes back from the browser's memory; and where the
// clipboard is refused, a copied link can be taken by hand (A9.13).

export default {
    name: 'places',
    asks: 'a link to a place lands in view and marked, and the way back returns to where one was',
    async look(page, { shape, settled }) {
        const wrong = [];
        const place = await page.evaluate(() => {
            const places = [...document.querySelectorAll('main .prose [id]')].filter((one) => one.checkVisibility());
            return places[Math.floor(places.length * 0.8)]?.id;
        });
        if (!place) return wrong;
        await page.setViewportSize({ width: 360, height: 640 });
        await page.goto('about:blank');
        await page.goto(`${shape.path}#${encodeURIComponent(place)}`);
        const landed = () => page.evaluate((id) => {
            const element = document.getElementById(id);
            const box = element.getBoundingClientRect();
            const end = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
            return {
                marked: element.matches(':target'),
                inView: box.top >= -1 && box.top < window.innerHeight && (end || box.top < window.innerHeight / 2),
                scrolled: Math.round(window.scrollY),
            };
        }, place);
        await settled();
        const there = await landed();
        if (!there.marked) wrong.push(`#${place} is not marked`);
        if (!there.inView) wrong.push(`a link to #${place} lands elsewhere`);
        await page.goto('/404.html');
        await page.goBack();
        await settled();
        const back = await landed();
        if (Math.abs(back.scrolled - there.scrolled) > 2) wrong.push(`coming back to #${place} lands ${back.scrolled - there.scrolled} px away`);
        return wrong;
    },
};
