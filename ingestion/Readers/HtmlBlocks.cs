using System.Text;
using AngleSharp.Dom;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>The elements of a page as our blocks.</summary>
internal sealed class HtmlBlocks(LineBreaks lineBreaks)
{
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
        "button", "select", "input", "textarea", "dialog", "head", "title", "map",
    };

    private static readonly HashSet<string> BlockLevel = new(StringComparer.Ordinal)
    {
        "p", "div", "section", "article", "main", "header", "blockquote", "figure", "figcaption", "address", "hgroup", "center", "form", "fieldset", "legend", "hr", "li", "dd", "dt", "td", "th", "tr", "caption", "body",
    };

    private readonly List<Block> _blocks = [];
    private readonly StringBuilder _line = new();

    public List<Block> Of(INode element)
    {
        Walk(element);
        Flush();
        return _blocks;
    }

    private void Walk(INode parent)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
                AppendText(text.Data);
            else if (node is IElement element && !IsDropped(element))
                Add(element);
        }
    }

    private void Add(IElement element)
    {
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                AddBlock(new Block.Heading(element.LocalName[1] - '0', Inner(element).ReplaceLineEndings(" ")));
                break;
            case "ul" or "ol" or "menu":
                AddList(element);
                break;
            case "table":
                AddTable(element);
                break;
            case "pre":
                AddBlock(new Block.Code(element.TextContent));
                break;
            case "dl":
                AddPairs(element);
                break;
            case "details":
                var summary = element.Children.FirstOrDefault(child => child.LocalName == "summary");
                AddBlock(new Block.QuestionAndAnswer(summary is null ? "" : Inner(summary).ReplaceLineEndings(" "), Inner(element, except: summary)));
                break;
            case "br":
                _line.Append('\n');
                break;
            case "img":
                AppendText(element.GetAttribute("alt") ?? "");
                break;
            // What is struck out no longer holds; without the marks the old price would read like the price.
            case "del" or "s" or "strike":
                _line.Append("~~");
                Walk(element);
                _line.Append("~~");
                break;
            case var name when BlockLevel.Contains(name):
                Flush();
                Walk(element);
                Flush();
                break;
            default:
                Walk(element);
                break;
        }
    }

    private void AddBlock(Block block)
    {
        Flush();
        _blocks.Add(block);
    }

    private void AddList(IElement list)
    {
        var items = new List<string>();
        foreach (var child in list.Children.Where(child => !IsDropped(child)))
        {
            var text = Inner(child);
            // A list right inside a list belongs to the item above it.
            if (child.LocalName is "ul" or "ol" && items.Count > 0)
                items[^1] += "\n" + Indent(BlockText.Render(Only(child)));
            else if (text.Length > 0)
                items.Add(text);
        }
        AddBlock(new Block.Steps(items, list.LocalName == "ol"));
    }

    private void AddPairs(IElement list)
    {
        Flush();
        var (terms, meanings) = (new List<string>(), new List<string>());
        foreach (var child in list.Children.SelectMany(child => child.LocalName == "div" ? child.Children.AsEnumerable() : [child]))
        {
            if (child.LocalName == "dt" && meanings.Count > 0)
                AddPair();
            if (child.LocalName == "dt")
                terms.Add(Inner(child).ReplaceLineEndings(" "));
            else if (child.LocalName == "dd")
                meanings.Add(Inner(child));
        }
        AddPair();

        void AddPair()
        {
            if (terms.Count + meanings.Count > 0)
                _blocks.Add(new Block.QuestionAndAnswer(string.Join(" / ", terms), string.Join('\n', meanings)));
            terms.Clear();
            meanings.Clear();
        }
    }

    private void AddTable(IElement table)
    {
        var rows = table.QuerySelectorAll("tr").Where(row => row.Closest("table") == table).ToList();
        var cells = rows.Select(row => row.Children.Where(cell => cell.LocalName is "td" or "th").ToList()).ToList();
        // Old pages are laid out with tables: one column, or a table in a table, is no table.
        if (cells.All(row => row.Count <= 1) || table.QuerySelector("table") is not null)
        {
            Flush();
            Walk(table);
            Flush();
            return;
        }
        if (table.Children.FirstOrDefault(child => child.LocalName == "caption") is { } caption)
            AddBlock(new Block.Paragraph(Inner(caption)));
        var grid = HtmlGrid.Of(cells, cell => Inner(cell).ReplaceLineEndings(" "));
        var hasHeader = rows.Count > 1 && (rows[0].ParentElement?.LocalName == "thead" || cells[0].All(cell => cell.LocalName == "th"));
        AddBlock(new Block.Table(hasHeader ? grid[0] : [], hasHeader ? grid[1..] : grid));
    }

    private List<Block> Only(IElement element)
    {
        var inner = new HtmlBlocks(lineBreaks);
        inner.Add(element);
        inner.Flush();
        return inner._blocks;
    }

    /// <summary>An element's own blocks as text; what is nested is indented under its first line.</summary>
    private string Inner(IElement element, IElement? except = null)
    {
        var inner = new HtmlBlocks(lineBreaks);
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
                inner.AppendText(text.Data);
            else if (node is IElement child && child != except && !IsDropped(child))
                inner.Add(child);
        }
        inner.Flush();
        return element.LocalName == "li"
            ? string.Join('\n', inner._blocks.Select((block, at) => at == 0 ? BlockText.Render(block) : Indent(BlockText.Render(block))).Where(text => !string.IsNullOrWhiteSpace(text)))
            : BlockText.Render(inner._blocks);
    }

    private static string Indent(string text) => "   " + text.Replace("\n", "\n   ", StringComparison.Ordinal);

    private void AppendText(string text)
    {
        foreach (var c in text)
        {
            if (c == '\n' && lineBreaks == LineBreaks.AreKept)
                _line.Append('\n');
            else if (c is not (' ' or '\t' or '\n' or '\r' or '\f'))
                _line.Append(c);
            else if (_line.Length > 0 && _line[^1] is not (' ' or '\n'))
                _line.Append(' ');
        }
    }

    private void Flush()
    {
        var text = string.Join('\n', _line.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        _line.Clear();
        if (text.Length > 0)
            _blocks.Add(new Block.Paragraph(text));
    }

    private static bool IsDropped(IElement element) =>
        Dropped.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true"
        || element.GetAttribute("role") is "navigation" or "search" or "banner" or "contentinfo"
        || element.LocalName == "header" && element.Closest("main, article") is null
        // Some old frameworks put the whole page into a form.
        || element.LocalName == "form" && element.QuerySelector("h1, h2, main, article") is null;
}
