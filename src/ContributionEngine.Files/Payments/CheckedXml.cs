using System.Collections.Concurrent;
using System.Text;
using System.Xml;
using System.Xml.Schema;

namespace ContributionEngine.Files;

/// <summary>
/// Writes a document and checks it against its schema element by element, so that memory stays flat and nothing invalid is ever finished.
/// What does not fit is a bug of the writer and throws <see cref="XmlSchemaValidationException"/>.
/// </summary>
internal sealed class CheckedXml : IDisposable
{
    private static readonly ConcurrentDictionary<string, XmlSchemaSet> Schemas = [];

    private readonly XmlWriter writer;
    private readonly XmlSchemaValidator validator;
    private readonly string names;
    private int depth;

    public CheckedXml(Stream target, string schema)
    {
        names = $"urn:iso:std:iso:20022:tech:xsd:{schema}";
        writer = XmlWriter.Create(target, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CloseOutput = true });
        var manager = new XmlNamespaceManager(new NameTable());
        validator = new XmlSchemaValidator(manager.NameTable!, Schemas.GetOrAdd(schema, Load), manager, XmlSchemaValidationFlags.None);
        validator.ValidationEventHandler += (_, fault) => throw new XmlSchemaValidationException($"{schema}: {fault.Message}", fault.Exception);
        validator.Initialize();
    }

    public void Element(string name, Action content)
    {
        Begin(name, null);
        content();
        End();
    }

    public void Element(string name, string text, (string Name, string Value)? attribute = null)
    {
        Begin(name, attribute);
        writer.WriteString(text);
        validator.ValidateText(text);
        End();
    }

    public void Dispose() => writer.Dispose();

    private void Begin(string name, (string Name, string Value)? attribute)
    {
        depth++;
        writer.WriteStartElement(name, names);
        validator.ValidateElement(name, names, null);
        if (attribute is { } given)
        {
            writer.WriteAttributeString(given.Name, given.Value);
            validator.ValidateAttribute(given.Name, "", given.Value, null);
        }

        validator.ValidateEndOfAttributes(null);
    }

    private void End()
    {
        writer.WriteEndElement();
        validator.ValidateEndElement(null);
        if (--depth == 0) validator.EndValidation();
    }

    private static XmlSchemaSet Load(string schema)
    {
        using var stream = typeof(CheckedXml).Assembly.GetManifestResourceStream($"payments/{schema}.xsd") ?? throw new InvalidOperationException($"There is no schema {schema}.");
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(null, reader);
        set.Compile();
        return set;
    }
}
