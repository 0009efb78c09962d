using System.Text;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>The vectors were worked out by another program: salts of sixteen equal bytes 0, 1, 2, ..., lines as <see cref="Line"/> makes them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MerkleTreeTests
{
    [TestCase(1, "f90544841f7a9449ea541ffa88a4c737ba050e72eb7d52e98203ec948f716173")]
    [TestCase(2, "ea44094922e35d83da77842f8eae2e423a20f86ba46fed01ffe75c2509b4b661")]
    [TestCase(3, "f9da5df2c94b09a37e09101ab097452c4da872765843791b0c91b11f923806e5")]
    [TestCase(5, "e8737923df47cbcd0836dc983945c984d40c50c7f21ee2c281759bd3cd4c223f")]
    [TestCase(7, "d684750c35a3d7d05dfb0b50fc285ec9f2ec332c1200b242b6a3892fdd6f92b4")]
    [TestCase(8, "485f222e39eb57c51338af2f9a24ae71b94e36019f8c4107e141c38bb07430d9")]
    public void The_root_is_the_one_that_another_program_works_out(int lines, string root)
    {
        var tree = Tree(lines);
        Assert.That((tree.Close(), tree.Count), Is.EqualTo((root, (long)lines)));
    }

    [Test]
    public void No_line_at_all_has_the_hash_of_nothing_as_its_root() =>
        Assert.That(new MerkleTree().Close(), Is.EqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    [Test]
    public void A_leaf_without_a_neighbour_goes_up_as_it_is_and_has_one_step() =>
        Assert.That(Proof(5, 4).Path, Is.EqualTo(new[] { new ProofStep("left", "9cfa14d1b1f117cf25454ab87e982d962e4addea7e368991a83188aa8e43ce29") }));

    [Test]
    public void A_path_goes_from_the_leaf_upwards() => Assert.That(Proof(7, 6).Path, Is.EqualTo(new[]
    {
        new ProofStep("left", "421994614c17df34a1d0f27bf459e15726478e4909a67b8c4983ff87484bfe3e"),
        new ProofStep("left", "9cfa14d1b1f117cf25454ab87e982d962e4addea7e368991a83188aa8e43ce29"),
    }));

    [Test]
    public void The_leaf_of_a_proof_names_the_line_by_its_hash() => Assert.That(Proof(3, 0).Leaf, Is.EqualTo("f90544841f7a9449ea541ffa88a4c737ba050e72eb7d52e98203ec948f716173"));

    [Test]
    public void Every_line_of_a_tree_proves() => Sizes.Sample(size => Proofs(size).All(proof => proof.Holds()), seed: "0000KeXn5uR2");

    [Test]
    public void No_other_line_proves_with_a_lines_path() => Gen.Select(Sizes, Gen.Int[0, 299], Gen.Int[0, 299]).Where(drawn => drawn.Item2 < drawn.Item1 && drawn.Item3 < drawn.Item1 && drawn.Item2 != drawn.Item3).Sample((size, mine, other) =>
    {
        var proof = Proof(size, mine);
        return !(proof with { Salt = Hex(other), Line = Line(other).Text }).Holds() && !(proof with { Line = Line(other).Text }).Holds() && !(proof with { Salt = Hex(other) }).Holds();
    }, seed: "0000KeXn5uR2");

    [Test]
    public void A_node_is_no_line()
    {
        var (two, root) = (Proof(2, 0), Tree(2).Close());
        var node = Encoding.Latin1.GetString(Convert.FromHexString(two.Leaf + two.Path[0].Hash));
        Assert.That(new LineProof(Convert.ToHexString(Encoding.Latin1.GetBytes(node[..16])), node[16..], [], root).Holds(), Is.False);
    }

    [Test]
    public void A_salt_of_another_length_is_a_mistake_of_the_caller() => Assert.That(() => new MerkleTree().Add(new byte[15], "line"), Throws.ArgumentException);

    [Test]
    public void A_text_that_has_no_bytes_of_its_own_is_never_hashed_as_another() => Assert.That(() => new MerkleTree().Add(new byte[16], "\ud800"), Throws.InstanceOf<EncoderFallbackException>());

    private static Gen<int> Sizes => Gen.Int[1, 300];

    private static MerkleTree Tree(int lines)
    {
        var tree = new MerkleTree();
        for (var position = 0; position < lines; position++) tree.Add(Convert.FromHexString(Hex(position)), Line(position).Text);
        return tree;
    }

    private static LineProof[] Proofs(int lines)
    {
        var tree = new MerkleTree();
        var paths = Enumerable.Range(0, lines).Select(position => tree.Follow(Convert.FromHexString(Hex(position)), Line(position).Text)).ToList();
        var root = tree.Close();
        return [.. paths.Select((path, position) => new LineProof(Hex(position), Line(position).Text, path, root))];
    }

    private static LineProof Proof(int lines, int position) => Proofs(lines)[position];

    private static string Hex(int position) => string.Concat(Enumerable.Repeat(((byte)position).ToString("x2", null), 16));

    private static ProvenLine Line(int position) =>
        new("RF36000000001001", position + 1, $"A{position + 1:D3}", $"1-{1001 + position}-0001", "2021-01", "sem", "principal", (17320 + position) * 100L, Currency.Of("CRC").Value);
}

[Parallelizable(ParallelScope.All)]
public sealed class ProvenLineTests
{
    private static readonly ProvenLine Line = new("RF36000000001001", 7, "A001", "1-1001-0001", "2021-01", "sem", "principal", 1732000, Currency.Of("CRC").Value);

    [Test]
    public void A_line_is_nine_fields_with_bars_between_them() => Assert.That(Line.Text, Is.EqualTo("RF36000000001001|7|A001|1-1001-0001|2021-01|sem|principal|17320.00|CRC"));

    [Test]
    public void An_amount_has_the_digits_of_its_currency() => Assert.That((Line with { AmountMinor = -3500, Currency = Currency.Of("XOF").Value }).Text, Does.EndWith("|principal|-3500|XOF"));

    [Test]
    public void A_bar_inside_a_field_is_no_border() => Assert.That((Line with { MemberNo = @"A|1\", NationalId = "" }).Text, Does.StartWith(@"RF36000000001001|7|A\|1\\||2021-01"));

    [Test]
    public void Two_lines_never_have_one_text() => Gen.Select(Field, Field, Field, Field).Sample((a, b, c, d) =>
        (a, b) == (c, d) || (Line with { MemberNo = a, NationalId = b }).Text != (Line with { MemberNo = c, NationalId = d }).Text, seed: "0000KeXn5uR2");

    private static Gen<string> Field => Gen.Char[@"|\a"].Array[0, 4].Select(letters => new string(letters));
}
