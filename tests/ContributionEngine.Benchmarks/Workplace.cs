namespace ContributionEngine.Benchmarks;

/// <summary>A temporary folder that goes with everything in it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("contribution-engine-benchmarks-");

    public string Folder => folder.FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => folder.Delete(recursive: true);
}
