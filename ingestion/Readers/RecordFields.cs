using System.Collections.Frozen;

namespace Support.Ingestion.Readers;

/// <summary>What a column or property of a record is for.</summary>
internal enum RecordField { Id, Title, Text, Question, Answer, Link }

internal static class RecordFields
{
    private static readonly FrozenDictionary<string, RecordField> Names = new Dictionary<RecordField, string[]>
    {
        [RecordField.Id] = ["id", "_id", "key", "uid", "ид", "идентификатор"],
        [RecordField.Title] = ["title", "name", "heading", "subject", "topic", "заголовок", "название", "тема"],
        [RecordField.Text] = ["text", "content", "body", "article", "description", "текст", "содержание", "описание"],
        [RecordField.Question] = ["question", "questions", "q", "вопрос", "вопросы"],
        [RecordField.Answer] = ["answer", "answers", "a", "ответ", "ответы"],
        [RecordField.Link] = ["link", "url", "href", "ссылка"],
    }.SelectMany(field => field.Value.Select(name => KeyValuePair.Create(name, field.Key))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static RecordField? Of(string name) => Names.TryGetValue(name.Trim(), out var field) ? field : null;
}
