"""Names, places and topics that the made-up set to match is drawn from."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _names(text: str) -> tuple[tuple[str, ...], ...]:
    """Return names in Latin letters, kanji and katakana."""
    return tuple(tuple(name.split()) for name in text.replace("\n", "|").split("|") if name.strip())


FRENCH_FAMILIES = (
    *_words(
        """
    Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia
    David Bertrand Roux Vincent Fournier Morel Girard André Lefebvre Mercier Dupont Lambert Bonnet François
    Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément
    Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly
    Gautier Roger Roche Roy Noël Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun Dumas
    Brunet Schmitt Leroux Colas Fernandez Pierre Renard Arnaud Rolland Caron Aubert Giraud Leclerc Vidal Bourgeois
    Renaud Lemoine d'Ortoli Saint-Georges Lévy-Brühl L'Hermite
        """
    ),
    "Le Gall",
    "de La Tour",
    "Du Bois",
    "Ben Amar",
    "El Khoury",
    "Van Damme",
)
FRENCH_GIVEN = _words(
    """
    Marie Jean Anne Pierre Hélène François Élodie Sébastien Camille Nicolas Sophie Julien Aurélie Jérôme Céline
    Benoît Françoise Gaël Agnès Rémi Noémie Stéphane Zoé Loïc Inès Théo Cécile Mickaël Maëlle Grégory Solène Yann
    Pascale Thierry Véronique Olivier Isabelle Frédéric Nathalie Guillaume Claire Antoine Valérie Matthieu Lucie
    Hugo Jeanne Jean-Pierre Marie-Claude Anne-Sophie Jean-François Paul-Henri
    """
)
JAPANESE_FAMILIES = _names(
    """
    Sato 佐藤 サトウ|Suzuki 鈴木 スズキ|Takahashi 高橋 タカハシ|Tanaka 田中 タナカ|Ito 伊藤 イトウ
    Watanabe 渡辺 ワタナベ|Yamamoto 山本 ヤマモト|Nakamura 中村 ナカムラ|Kobayashi 小林 コバヤシ|Kato 加藤 カトウ
    Yoshida 吉田 ヨシダ|Yamada 山田 ヤマダ|Sasaki 佐々木 ササキ|Yamaguchi 山口 ヤマグチ|Matsumoto 松本 マツモト
    Inoue 井上 イノウエ|Kimura 木村 キムラ|Hayashi 林 ハヤシ|Saito 斎藤 サイトウ|Shimizu 清水 シミズ
    Yamazaki 山崎 ヤマザキ|Mori 森 モリ|Ikeda 池田 イケダ|Hashimoto 橋本 ハシモト|Abe 阿部 アベ
    Ishikawa 石川 イシカワ|Ogawa 小川 オガワ|Goto 後藤 ゴトウ|Okada 岡田 オカダ|Hasegawa 長谷川 ハセガワ
    Fujita 藤田 フジタ|Murakami 村上 ムラカミ|Kondo 近藤 コンドウ|Ishii 石井 イシイ|Sakamoto 坂本 サカモト
    Endo 遠藤 エンドウ|Aoki 青木 アオキ|Fujii 藤井 フジイ|Nishimura 西村 ニシムラ|Fukuda 福田 フクダ
    Ota 太田 オオタ|Miura 三浦 ミウラ|Okamoto 岡本 オカモト|Matsuda 松田 マツダ|Nakajima 中島 ナカジマ
    Nakagawa 中川 ナカガワ|Harada 原田 ハラダ|Ono 小野 オノ|Ohno 大野 オオノ|Tamura 田村 タムラ
    Takeuchi 竹内 タケウチ|Kaneko 金子 カネコ|Wada 和田 ワダ|Nakayama 中山 ナカヤマ|Ishida 石田 イシダ
    Ueda 上田 ウエダ|Morita 森田 モリタ|Hara 原 ハラ|Shibata 柴田 シバタ|Sakai 酒井 サカイ|Kudo 工藤 クドウ
    Yokoyama 横山 ヨコヤマ|Miyazaki 宮崎 ミヤザキ|Miyamoto 宮本 ミヤモト|Uchida 内田 ウチダ|Takagi 高木 タカギ
    Ando 安藤 アンドウ|Taniguchi 谷口 タニグチ|Hamada 浜田 ハマダ|Sawada 沢田 サワダ|Shinozuka 篠塚 シノヅカ
    Chiba 千葉 チバ|Tsuchiya 土屋 ツチヤ|Honjo 本庄 ホンジョウ
    """
)
JAPANESE_GIVEN = _names(
    """
    Kenji 健二 ケンジ|Yuki 由紀 ユキ|Yuki 祐樹 ユウキ|Hiroshi 博 ヒロシ|Shinji 真司 シンジ|Takashi 隆 タカシ
    Akira 明 アキラ|Yoko 洋子 ヨウコ|Keiko 恵子 ケイコ|Naoko 直子 ナオコ|Satoshi 聡 サトシ|Kazuo 和夫 カズオ
    Makoto 誠 マコト|Jun 淳 ジュン|Junko 順子 ジュンコ|Taro 太郎 タロウ|Ichiro 一郎 イチロウ|Jiro 次郎 ジロウ
    Shoko 祥子 ショウコ|Ryo 涼 リョウ|Tsutomu 勉 ツトム|Mitsuko 光子 ミツコ|Chieko 千恵子 チエコ
    Fumiko 文子 フミコ|Haruka 遥 ハルカ|Koji 浩二 コウジ|Shin'ichi 真一 シンイチ|Jun'ya 純也 ジュンヤ
    Sho 翔 ショウ|Daisuke 大輔 ダイスケ|Mayumi 真由美 マユミ|Tomoko 智子 トモコ|Yuichi 雄一 ユウイチ
    Kyoko 京子 キョウコ|Hideo 秀夫 ヒデオ|Masashi 雅史 マサシ|Rieko 理恵子 リエコ|Atsushi 淳史 アツシ
    Kenta 健太 ケンタ|Aya 彩 アヤ|Nobuyuki 信之 ノブユキ|Sachiko 幸子 サチコ|Toshio 俊夫 トシオ|Emi 恵美 エミ
    """
)
FRENCH_CITIES = _words(
    """
    Bordeaux Lyon Lille Nantes Rennes Toulouse Strasbourg Paris Montpellier Marseille Nice Grenoble
    """
)
UNIVERSITIES = (
    ("Kyoto University", "京都大学"),
    ("The University of Tokyo", "東京大学"),
    ("Osaka University", "大阪大学"),
    ("Tohoku University", "東北大学"),
    ("Nagoya University", "名古屋大学"),
    ("Kyushu University", "九州大学"),
    ("Hokkaido University", "北海道大学"),
    ("Keio University", "慶應義塾大学"),
    ("RIKEN", "理化学研究所"),
    ("Kobe University", "神戸大学"),
    ("Chiba University", "千葉大学"),
    ("Hiroshima University", "広島大学"),
)
LABORATORIES = (
    "Neurobiology",
    "Molecular Oncology",
    "Immunology",
    "Cell Signalling",
    "Stem Cell Biology",
    "Medical Imaging",
    "Genomic Medicine",
    "Nutrition and Metabolism",
    "Cardiovascular Research",
    "Biostatistics",
    "Infectious Diseases",
    "Regenerative Medicine",
)
WHAT = (
    ("Ageing", "Vieillissement", "老化"),
    ("Inflammation", "Inflammation", "炎症"),
    ("Genome instability", "Instabilité du génome", "ゲノム不安定性"),
    ("Single-cell atlases", "Atlas à l'échelle de la cellule", "単一細胞アトラス"),
    ("Mitochondrial dynamics", "Dynamique mitochondriale", "ミトコンドリア動態"),
    ("Early diagnosis", "Diagnostic précoce", "早期診断"),
    ("Immune checkpoints", "Points de contrôle immunitaires", "免疫チェックポイント"),
    ("Synaptic plasticity", "Plasticité synaptique", "シナプス可塑性"),
    ("Epigenetic memory", "Mémoire épigénétique", "エピジェネティック記憶"),
    ("Organoid models", "Modèles d'organoïdes", "オルガノイドモデル"),
    ("Metabolic rewiring", "Reprogrammation métabolique", "代謝リプログラミング"),
    ("Rare variants", "Variants rares", "希少バリアント"),
    ("Extracellular vesicles", "Vésicules extracellulaires", "細胞外小胞"),
    ("Autophagy", "Autophagie", "オートファジー"),
    ("Gut microbiota", "Microbiote intestinal", "腸内細菌叢"),
)
WHERE = (
    ("in the human brain", "dans le cerveau humain", "ヒト脳における"),
    ("in the failing heart", "dans l'insuffisance cardiaque", "心不全における"),
    ("in breast cancer", "dans le cancer du sein", "乳がんにおける"),
    ("in the kidney", "dans le rein", "腎臓における"),
    ("in skeletal muscle", "dans le muscle squelettique", "骨格筋における"),
    ("in chronic liver disease", "dans les maladies chroniques du foie", "慢性肝疾患における"),
    ("in leukaemia", "dans les leucémies", "白血病における"),
    ("in the retina", "dans la rétine", "網膜における"),
    ("in childhood", "chez l'enfant", "小児における"),
    ("in type 2 diabetes", "dans le diabète de type 2", "２型糖尿病における"),
    ("in Alzheimer's disease", "dans la maladie d'Alzheimer", "アルツハイマー病における"),
    ("in the lung", "dans le poumon", "肺における"),
)
HOW = (
    ("from mechanisms to therapy", "des mécanismes à la thérapie", "機構から治療へ"),
    ("lessons from two cohorts", "leçons de deux cohortes", "二つのコホートからの知見"),
    ("new imaging methods", "nouvelles méthodes d'imagerie", "新しいイメージング手法"),
    ("a French-Japanese perspective", "un regard franco-japonais", "日仏の視点"),
    ("models and data", "modèles et données", "モデルとデータ"),
    ("towards personalised medicine", "vers une médecine personnalisée", "個別化医療に向けて"),
    ("robots and sensors", "robots et capteurs", "ロボットとセンサー"),
    ("from mouse to patient", "de la souris au patient", "マウスから患者へ"),
    ("causes and consequences", "causes et conséquences", "原因と帰結"),
    ("the role of nutrition", "le rôle de la nutrition", "栄養の役割"),
)
ROMANISATIONS = (
    ("sh", "sy"),
    ("shi", "si"),
    ("tsu", "tu"),
    ("chi", "ti"),
    ("ji", "zi"),
    ("fu", "hu"),
    ("to", "tō"),
    ("ko", "kō"),
    ("Ono", "Ohno"),
    ("jo", "jyo"),
    ("yo", "yō"),
    ("mb", "nb"),
    ("'", ""),
)
HALF_WIDTH = str.maketrans(
    dict(
        zip(
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー",
            "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ",
            strict=True,
        )
    )
    | dict(zip("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", [f"{k}ﾞ" for k in "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ"], strict=True))
    | dict(zip("パピプペポ", [f"{k}ﾟ" for k in "ﾊﾋﾌﾍﾎ"], strict=True))
)
KANJI_VARIANTS = str.maketrans("高崎斎渡辺浜沢真恵", "髙﨑齋渡邊濱澤眞惠")
