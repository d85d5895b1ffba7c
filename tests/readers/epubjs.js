// epub.js 0.3.93, driven as its own examples drive it.
import { loaded, measure, words } from './measure.js'

let book
let rendition
let size = 100

const shown = async () => {
    const [contents] = rendition.getContents()
    const doc = contents.document
    const lost = await loaded(doc)
    return { doc, index: contents.sectionIndex, lost }
}

const here = () => rendition.manager.currentLocation()[0]

const open = async url => {
    const response = await fetch(url)
    book = window.ePub()
    await book.open(await response.arrayBuffer(), 'binary')
    await book.ready
    const [width, height] = [window.innerWidth - 32, window.innerHeight - 32]
    const frame = document.getElementById('page')
    frame.style.padding = '16px'
    rendition = book.renderTo(frame, { width, height, flow: 'paginated', spread: 'none' })
    rendition.themes.fontSize(`${size}%`)
    const cover = await book.coverUrl()
    const picture = new Image()
    if (cover) {
        picture.src = cover
        await picture.decode()
    }
    return {
        title: book.packaging.metadata.title,
        sections: book.spine.spineItems.map(({ href }) => href),
        cover: [picture.naturalWidth, picture.naturalHeight],
    }
}

const enlarge = percent => {
    size = percent
    rendition?.themes.fontSize(`${size}%`)
}

const walk = async index => {
    await rendition.display(index)
    const { doc, lost } = await shown()
    const laidOut = measure(doc)
    const xhtml = words(doc)
    const last = index === book.spine.length - 1
    let pages = 0
    let at = here()
    while (at.index === index) {
        pages += 1
        const before = at.pages[0]
        if (last && before >= at.totalPages) break
        await rendition.next()
        at = here()
        if (at.index === index && at.pages[0] === before) break
    }
    return { ...laidOut, lost, xhtml, pages, next: last ? index + 1 : at.index }
}

const entries = (list, depth = 0) =>
    list.flatMap(({ label, href, subitems }) =>
        [{ label: label.trim(), href, depth }, ...entries(subitems, depth + 1)])

const contents = () => entries(book.navigation.toc)
const pageList = () => book.pageList?.pageList ?? []

const follow = async href => {
    await rendition.display(href)
    const { doc } = await shown()
    const id = href.split('#')[1]
    const target = id ? doc.getElementById(decodeURIComponent(id)) : doc.body
    if (!target) return false
    const frame = doc.defaultView.frameElement.getBoundingClientRect()
    const seen = document.querySelector('.epub-container').getBoundingClientRect()
    const left = frame.left + (target.getClientRects()[0]?.left ?? -1)
    return left >= seen.left - 1 && left < seen.right
}

window.reader = { open, enlarge, walk, contents, pageList, follow,
    go: target => rendition.display(target), next: () => rendition.next() }
