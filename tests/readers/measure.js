// What a page of a reader shows of a document, whoever laid it out in columns.

const TOLERANCE = 1.5 // px: rounded widths of columns

// The element that is laid out in columns, and where they are: all in px of the document's frame.
const columnsOf = doc => {
    for (const element of [doc.documentElement, doc.body]) {
        const style = doc.defaultView.getComputedStyle(element)
        if (style.columnWidth === 'auto' && style.columnCount === 'auto') continue
        const box = element.getBoundingClientRect()
        const [before, after] = [style.paddingLeft, style.paddingRight].map(parseFloat)
        const gap = parseFloat(style.columnGap) || 0
        const room = element.clientWidth - before - after
        const width = parseFloat(style.columnWidth)
        const count = Math.max(1, Math.floor((room + gap) / (width + gap)))
        return {
            left: box.left + before,
            width: (room - (count - 1) * gap) / count,
            gap,
            top: box.top,
            bottom: box.top + element.clientHeight,
        }
    }
    throw new Error('no columns')
}

// The box that scrolls round an element: what stands in it may be larger than the page.
const scrolls = element => {
    for (let e = element; e?.parentElement?.parentElement; e = e.parentElement) {
        const { overflowX } = e.ownerDocument.defaultView.getComputedStyle(e)
        if (overflowX === 'auto' || overflowX === 'scroll') return e
    }
    return null
}

// Words for those who listen alone: head rows of stacked tables.
const unseen = element => {
    for (let e = element; e; e = e.parentElement)
        if (e.ownerDocument.defaultView.getComputedStyle(e).clipPath !== 'none') return true
    return false
}

// Words and pictures with their boxes; words that are for the ear alone have none.
const marksOf = function* (doc) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    const range = doc.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.trim() || unseen(node.parentElement)) continue
        const box = scrolls(node.parentElement)
        if (box) {
            yield { box: box.getBoundingClientRect(), what: box.className }
            continue
        }
        range.selectNodeContents(node)
        // A space that is kept at the end of a line hangs over its edge.
        const kept = doc.defaultView.getComputedStyle(node.parentElement).whiteSpace === 'pre-wrap'
        for (const box of range.getClientRects())
            if (box.width > 0.5 && box.height > 0.5)
                yield { box, what: node.data.trim().slice(0, 60), hangs: kept ? box.height / 2 : 0 }
    }
    for (const image of doc.body.querySelectorAll('img, svg'))
        yield { box: image.getBoundingClientRect(), what: image.getAttribute('src') ?? 'svg', image }
}

// What is wrong with a laid-out document, and how many marks each of its columns shows.
export const measure = doc => {
    const { left, width, gap, top, bottom } = columnsOf(doc)
    const faults = []
    const columns = []
    for (const { box, what, image, hangs = 0 } of marksOf(doc)) {
        if (image && (!(box.width > 1 && box.height > 1) || image.naturalWidth === 0))
            faults.push(`picture lost: ${what}`)
        const column = Math.floor((box.left - left + TOLERANCE) / (width + gap))
        const start = left + column * (width + gap)
        if (box.left < start - TOLERANCE || box.right > start + width + TOLERANCE + hangs)
            faults.push(`wider than the page by ${Math.round(box.right - start - width)} px: ${what}`)
        // A raised or lowered sign's box is higher than its ink.
        const ease = image ? TOLERANCE : Math.max(TOLERANCE, box.height / 3)
        if (box.top < top - ease || box.bottom > bottom + ease)
            faults.push(`cut below or above: ${what}`)
        columns[column] = (columns[column] ?? 0) + 1
    }
    return { faults: [...new Set(faults)], columns: Array.from(columns, count => count ?? 0) }
}

export const words = doc => new XMLSerializer().serializeToString(doc.body)

export const loaded = async doc => {
    await doc.fonts.ready
    await Promise.all(Array.from(doc.images, image => image.decode().catch(() => null)))
    return Array.from(doc.fonts).filter(face => face.status === 'error').map(face => face.family)
}
