// foliate-js 1.0.1, driven as its own reader.html drives it.
import '/foliate-js/view.js'
import { loaded, measure, words } from './measure.js'

let view
let section // the document shown: { doc, index }
let style = ''

const shown = async () => {
    const { doc, index } = view.renderer.getContents()[0]
    const lost = await loaded(doc)
    return { doc, index, lost }
}

const open = async url => {
    const response = await fetch(url)
    view = document.createElement('foliate-view')
    document.body.append(view)
    await view.open(new File([await response.blob()], 'book.epub'))
    view.addEventListener('load', ({ detail }) => { section = detail })
    view.renderer.setStyles?.(style)
    const cover = await view.book.getCover()
    const picture = cover ? await createImageBitmap(cover) : { width: 0, height: 0 }
    return {
        title: view.book.metadata.title,
        sections: view.book.sections.map(({ id }) => id),
        cover: [picture.width, picture.height],
    }
}

const enlarge = percent => {
    style = `html { font-size: ${percent}% !important }`
    view?.renderer.setStyles?.(style)
}

// Page through one document to its end; the reader must then be in the next one.
const walk = async index => {
    await view.goTo(index)
    const { doc, lost } = await shown()
    const laidOut = measure(doc)
    const pages = []
    const last = index === view.book.sections.length - 1
    while (section.index === index) {
        pages.push(view.renderer.page)
        if (last && view.renderer.atEnd) break
        const before = view.renderer.page
        await view.next()
        if (section.index === index && view.renderer.page === before) break
    }
    return {
        ...laidOut, lost, xhtml: words(doc), pages: pages.length,
        next: last ? index + 1 : section.index,
    }
}

const entries = (list, depth = 0) =>
    (list ?? []).flatMap(({ label, href, subitems }) =>
        [{ label: label.trim(), href, depth }, ...entries(subitems, depth + 1)])

const contents = () => entries(view.book.toc)
const pageList = () => entries(view.book.pageList)

// Follow an address; whether what it names is on the page that is shown then.
const follow = async href => {
    await view.goTo(href)
    const { doc } = await shown()
    const id = href.split('#')[1]
    const target = id ? doc.getElementById(decodeURIComponent(id)) : doc.body
    const range = view.lastLocation?.range
    return Boolean(target && range && range.intersectsNode(target))
}

window.reader = { open, enlarge, walk, contents, pageList, follow, go: target => view.goTo(target),
    next: () => view.next() }
