using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>Style sheet and scripts: named by their content, so that a browser keeps them for good, and pressed once when the site starts.</summary>
public sealed class Assets
{
    private const string Folder = "assets/";
    private const int HashDigits = 10;

    private readonly FrozenDictionary<string, string> urls;
    private readonly FrozenDictionary<string, Asset> byName;

    public Assets()
    {
        var all = typeof(Assets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => (Name: name[Folder.Length..], Asset: Load(name))).ToList();
        urls = all.ToFrozenDictionary(one => one.Name, one => $"/assets/{one.Asset.Name}");
        byName = all.ToFrozenDictionary(one => one.Asset.Name, one => one.Asset);
    }

    /// <summary>The address of an asset by its file name, such as <c>site.css</c>.</summary>
    public string this[string file] => urls[file];

    /// <summary>An asset under its own file name, which a browser asks for anew each time: a service worker has to stand at one address.</summary>
    internal IResult Plain(string file, HttpContext call)
    {
        call.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(byName[urls[file]["/assets/".Length..]].Plain, TypeOf(Path.GetExtension(file)));
    }

    internal IResult Answer(string name, HttpContext call)
    {
        if (!byName.TryGetValue(name, out var asset)) return Results.NotFound();
        var headers = call.Response.Headers;
        (headers.CacheControl, headers.Vary) = ("public, max-age=31536000, immutable", "Accept-Encoding");
        var pressed = call.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (pressed) headers.ContentEncoding = "br";
        return Results.Bytes(pressed ? asset.Pressed : asset.Plain, asset.Type);
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        var (stem, extension) = (Path.GetFileNameWithoutExtension(resource), Path.GetExtension(resource));
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()))[..HashDigits];
        using var pressed = new MemoryStream();
        using (var brotli = new BrotliStream(pressed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(plain.ToArray());
        return new Asset($"{stem}.{hash}{extension}", TypeOf(extension), plain.ToArray(), pressed.ToArray());
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"No type is known for {extension}."),
    };

    private sealed record Asset(string Name, string Type, byte[] Plain, byte[] Pressed);
}
