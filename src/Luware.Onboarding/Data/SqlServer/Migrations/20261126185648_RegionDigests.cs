using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RegionDigests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RegionDigest",
                table: "Steps",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Steps_Step_RegionDigest",
                table: "Steps",
                columns: new[] { "Step", "RegionDigest" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Steps_Step_RegionDigest",
                table: "Steps");

            migrationBuilder.DropColumn(
                name: "RegionDigest",
                table: "Steps");
        }
    }
}
