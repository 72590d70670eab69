class Search {
    constructor(files) { this.files = files; }
    warm() {}
    async ask() { return { total: 0, facets: [], notes: { corrected: [], missing: [], concepts: [], stop: [], cut: [] } }; }
    async show() { return []; }
}
