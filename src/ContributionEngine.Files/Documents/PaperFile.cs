using System.Text;

namespace ContributionEngine.Files;

/// <summary>Writes a paper in one of its two forms.</summary>
internal static class PaperFile
{
    public static void Write(Paper paper, string format, Stream target)
    {
        if (format == "pdf") PaperPdf.Write(paper, target);
        else target.Write(Encoding.UTF8.GetBytes(PaperHtml.Page(paper)));
    }
}
