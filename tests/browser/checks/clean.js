// Nothing from any other origin, nothing that the site's own policy forbids, nothing in the console, nothing moving
// for somebody who asked for rest, and nothing that jumps while the page loads (A9.7, A9.10).

// On the page of the search the script's own part takes the place of what works without it: "good" is below 0.1 by
// web.dev/cls. Every other page stands still.
const allowed = (path) => (path.endsWith('/search/') ? 0.1 : 0);

export default {
    name: 'clean',
    asks: 'no other origin, no console message, no breach of the policy, no shift, no motion that was declined',
    window: { reducedMotion: 'reduce' },
    async look(page, { troubles }) {
        const { moving, shift } = await page.evaluate(async () => {
            const shifts = [];
            new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
            await new Promise((done) => setTimeout(done, 100));
            return { moving: document.getAnimations().length, shift: shifts.reduce((sum, entry) => sum + entry.value, 0) };
        });
        const wrong = [...troubles];
        if (moving) wrong.push(`${moving} things move`);
        if (shift > allowed(new URL(page.url()).pathname)) wrong.push(`things jump while the page loads (CLS ${shift.toFixed(3)})`);
        return wrong;
    },
};
